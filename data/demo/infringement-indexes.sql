alter table offender add primary key (person_id);
alter table infringement add primary key (case_no);
create index infringement_person on infringement (person_id);
create index payment_person on payment (person_id);
create index penalty_person on penalty (person_id);
create index suspension_person on suspension (person_id);
grant select on offender, infringement, penalty, suspension, payment to registry;
