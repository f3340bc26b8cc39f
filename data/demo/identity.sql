-- The population register of Utopia, in its own words: names split into one word each, what was
-- before kept in tables of its own.
create table person (
  id text not null,                   -- ten digits and their check digit
  surname text not null,
  forenames text[] not null,
  surname_native text,
  forenames_native text[],
  script text,
  birth_surname text,                 -- where marriage changed it
  sex smallint not null,              -- ISO/IEC 5218: 1 male, 2 female, 9 not applicable
  born_on date not null,
  born_at text not null,
  nationality text not null,          -- ISO 3166-1 alpha-3, UTO for Utopia
  street text not null,               -- with the house number
  town text not null,                 -- with the postcode
  moved_in date not null,
  lives_in text not null,             -- ISO 3166-1 alpha-3: where somebody has moved to
  portrait_ref text not null,         -- sex, year of birth and number of whom the picture shows
  died_on date
);
create table former_id (
  id text not null,
  former_id text not null,
  changed_on date not null,
  reason text not null check (reason in ('immigration', 'correction', 'adoption'))
);
create table former_name (
  id text not null,
  surname text not null,
  until date not null,
  reason text not null check (reason in ('marriage', 'divorce', 'request'))
);
create table former_address (
  id text not null,
  street text not null,
  town text not null,
  moved_in date not null,
  moved_out date not null
);
create table document (
  id text not null,
  kind text not null check (kind in ('identity_card', 'passport', 'driving_licence')),
  number text not null,
  issued_on date not null,
  expires_on date not null,
  status text not null check (status in ('valid', 'expired', 'lost', 'stolen', 'returned'))
);
