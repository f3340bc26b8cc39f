-- The infringement register of Utopia: who is held responsible, for what, what it cost them, and
-- what was paid. Every driver has an account here. The birth dates came from punched cards and
-- are kept as they were punched, right or wrong.
create table offender (
  person_id text not null,
  holder text not null,               -- "Berg, Anna Maria"
  dob text not null,                  -- YYYYMMDD
  residence text not null,            -- in one line
  ban_end date,
  barred_until date                   -- a court’s: no licence may be given before that day is over
);
create table infringement (
  case_no text not null,
  person_id text not null,
  committed date not null,
  offence text not null,
  place text not null,
  points smallint not null,
  points_until date,
  fine numeric(10, 2) not null,
  paid boolean not null
);
create table penalty (
  case_no text not null,
  person_id text not null,
  kind text not null check (kind in ('COURSE', 'BAN', 'WITHDRAWAL', 'COURT')),
  decided date not null,
  detail text not null
);
create table suspension (
  person_id text not null,
  case_no text not null,
  starts date not null,
  ends date,                          -- none: withdrawn until it is acquired anew
  categories text not null,           -- "B,BE"; "ALL" for the whole licence
  conditions text                     -- what must be done before driving again
);
create table payment (
  case_no text not null,
  person_id text not null,
  paid_on date not null,
  amount numeric(10, 2) not null,
  channel text not null check (channel in ('CARD', 'TRANSFER', 'CASH'))
);
