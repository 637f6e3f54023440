-- The list of all pages, newest first, and those that wait for an answer.
create index notify_page_started on notify_page (started_at desc, id desc);
