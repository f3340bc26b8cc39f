-- The driver qualification register of Utopia: capitals, and one row per right.
create table driver (
  citizen text not null,
  family_name text not null,
  given_names text not null,
  birth date not null,
  sex text not null,
  address text not null,
  licence_no text not null,
  status text not null check (status in ('V', 'E', 'S', 'W')),
  expires date not null,
  medical date,
  suspended_until date
);
create table entitlement (
  citizen text not null,
  cat text not null,
  since date not null,
  until date not null,
  codes text not null
);
