alter table offender add primary key (person_id);
create index infringement_person on infringement (person_id);
grant select on offender, infringement to registry;
