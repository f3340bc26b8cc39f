-- What the driver qualification register's search narrows by, besides its keys.
create index if not exists earlier_licence_licence_no on earlier_licence (licence_no);
