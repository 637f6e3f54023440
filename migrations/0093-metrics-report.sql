-- Leads who want the monthly report by e-mail.
create table metrics_report_reader (
  person_id uuid primary key references record,
  since timestamptz not null
);
