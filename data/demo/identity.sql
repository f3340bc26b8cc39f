-- The population register of Utopia, in its own words.
create table person (
  id text not null,
  surname text not null,
  forenames text[] not null,
  surname_native text,
  forenames_native text[],
  script text,
  sex smallint not null,              -- ISO/IEC 5218: 1 male, 2 female, 9 not applicable
  born_on date not null,
  born_at text not null,
  nationality text not null,
  street text not null,
  town text not null,
  moved_in date not null,
  died_on date
);
