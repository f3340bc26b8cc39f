alter table person add primary key (id);
alter table document add primary key (id, kind, number);
create index former_address_id on former_address (id);
create index former_name_id on former_name (id);
create index former_id_id on former_id (id);
create index former_id_former_id on former_id (former_id);
grant select on person, former_id, former_name, former_address, document to registry;
