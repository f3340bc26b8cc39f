alter table driver add primary key (citizen);
alter table driver add unique (licence_no);
alter table entitlement add primary key (citizen, cat);
grant select on driver, entitlement to registry;
