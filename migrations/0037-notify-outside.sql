-- Messages to addresses that belong to no person of the desk: whoever follows a status page.
alter table notify_notification drop constraint notify_notification_purpose_check;
alter table notify_notification add constraint notify_notification_purpose_check check (purpose in ('page', 'notice', 'test', 'post', 'outside'));
