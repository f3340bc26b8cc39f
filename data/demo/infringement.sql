-- The infringement register of Utopia: offenders, what they did, and bans.
create table offender (
  person_id text not null,
  last_name text not null,
  first_name text not null,
  dob date not null,
  residence text not null,
  ban_end date
);
create table infringement (
  person_id text not null,
  committed date not null,
  offence text not null,
  points smallint not null,
  fine numeric(10, 2) not null,
  paid boolean not null
);
