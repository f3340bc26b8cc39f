alter table driver add primary key (citizen);
alter table driver add unique (licence_no);
alter table entitlement add primary key (citizen, cat);
create index test_citizen on test (citizen);
create index earlier_licence_citizen on earlier_licence (citizen);
create index medical_certificate_citizen on medical_certificate (citizen);
create index driving_condition_citizen on driving_condition (citizen);
grant select on driver, entitlement, test, medical_certificate, driving_condition, earlier_licence
  to registry;
