alter table person add primary key (id);
grant select on person to registry;
