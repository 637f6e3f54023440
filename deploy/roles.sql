-- Two roles: the owner migrates, the application works and can neither change nor remove entries of the activity log.
-- psql -U postgres -f roles.sql, then change both passwords: alter role … password '…'
create role quarterdeck_owner login password 'change-me-owner';
create role quarterdeck_app login password 'change-me-app';
create database quarterdeck owner quarterdeck_owner encoding 'UTF8' template template0;
