-- The driver qualification register of Utopia: capitals, the address in lines, and one row for
-- each right, test, certificate and condition.
create table driver (
  citizen text not null,
  family_name text not null,
  given_names text not null,
  birth date not null,
  sex text not null check (sex in ('MALE', 'FEMALE', 'OTHER')),
  nationality text not null,
  address text not null,              -- street and town, each in its line
  licence_no text not null,
  status text not null check (status in ('V', 'E', 'S', 'W')),
  first_issued date not null,
  issued date not null,
  expires date not null,
  office text not null,
  medical date,
  suspended_until date
);
create table entitlement (
  citizen text not null,
  cat text not null,
  since date not null,
  until date not null,
  codes text not null                 -- of ISO/IEC 18013-1 and the Union, "01,78" or ""
);
create table test (
  citizen text not null,
  cat text not null,
  kind text not null check (kind in ('THEORY', 'PRACTICAL')),
  taken date not null,
  passed boolean not null,
  faults smallint not null,
  centre text not null,
  examiner text not null
);
create table medical_certificate (
  citizen text not null,
  grp smallint not null check (grp in (1, 2)),
  issued date not null,
  until date not null,
  result text not null check (result in ('FIT', 'FIT WITH CONDITIONS', 'UNFIT'))
);
create table driving_condition (
  citizen text not null,
  code text not null,
  wording text not null,
  since date not null
);
create table earlier_licence (
  citizen text not null,
  licence_no text not null,
  issued date not null,
  ended date not null,
  reason text not null check (reason in ('RENEWED', 'LOST', 'STOLEN', 'NAME CHANGED', 'EXCHANGED')),
  country text not null
);
