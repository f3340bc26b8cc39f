-- What the population register's search narrows by: distinct names with their keys, who bears
-- them, and who lives in which street. Made from what is loaded; run again it makes it anew.
drop table if exists search.surname, search.surname_key, search.forename, search.forename_key,
  search.street, search.street_word, search.town, search.town_word, search.bearer, search.home;
set local work_mem = '96MB';
set local maintenance_work_mem = '96MB';

-- The names that somebody bears or bore.
create temp table borne on commit drop as
select id, surname, forenames, born_on, town, true as present from person
union all
select id, birth_surname, forenames, born_on, town, false
  from person where birth_surname <> surname
union all
select n.id, n.surname, p.forenames, p.born_on, p.town, false
  from (select distinct id, surname from former_name) n
  join person p using (id)
 where n.surname <> p.surname and n.surname is distinct from p.birth_surname;

create table search.surname as
select row_number() over (order by surname)::int as surname_id, surname, count(*)::int as holders
  from borne group by surname;
create unique index on search.surname (surname_id);
create table search.surname_key as
select k.key collate "C" as key, search.sound (k.key) collate "C" as sound, k.kind, s.surname_id, s.holders
  from search.surname s, search.keys (s.surname) k where k.key <> ''
union all
select k.key, '', 'n', s.surname_id, s.holders
  from (select surname, surname_native from person where surname_native is not null group by 1, 2) n
  join search.surname s using (surname), search.keys (n.surname_native) k where k.key <> '';
create index on search.surname_key (key, surname_id);
create index on search.surname_key (sound, holders) where sound <> '';
create index on search.surname_key using gist (key gist_trgm_ops (siglen = 32));
create index on search.surname_key (surname_id);
analyze search.surname_key;

create table search.forename as
select row_number() over (order by forename)::int as forename_id, forename, count(*)::int as holders
  from (select unnest (coalesce (nullif (forenames, '{}'), '{""}')) as forename from person) f group by forename;
create table search.forename_key as
select k.key collate "C" as key, search.sound (k.key) collate "C" as sound, k.kind, f.forename_id, f.holders
  from search.forename f, search.keys (f.forename) k where k.key <> ''
union all
select k.key, '', 'n', f.forename_id, f.holders
  from (select forenames[i] as forename, forenames_native[i] as native
          from person, generate_subscripts (forenames_native, 1) i
         where forenames_native is not null group by 1, 2) n
  join search.forename f using (forename), search.keys (n.native) k where k.key <> '';
create index on search.forename_key (key, forename_id);
create index on search.forename_key (sound, holders) where sound <> '';
create index on search.forename_key using gist (key gist_trgm_ops (siglen = 32));
create index on search.forename_key (forename_id);
analyze search.forename_key;

-- Streets without the number of the house; towns with their postcode.
create temp table written on commit drop as
select street, coalesce (substring (street from '[0-9]+ ?[a-zA-Z]?$'), '') as house from (select distinct street from person) d;
create table search.street as
select row_number() over (order by name)::int as street_id, name
  from (select distinct btrim (left (street, length (street) - length (house)), ' ,') as name from written) d;
create table search.street_word as
select search.key (w) collate "C" as word, s.street_id
  from search.street s, regexp_split_to_table (s.name, '[ ,-]+') w where search.key (w) <> ''
union
select search.key (s.name), s.street_id from search.street s where search.key (s.name) <> '';
create index on search.street_word (word, street_id);
create index on search.street_word using gist (word gist_trgm_ops (siglen = 32));
create table search.town as
select row_number() over (order by town)::int as town_id, town from (select distinct town from person) d;
create table search.town_word as
select distinct search.key (w) collate "C" as word, t.town_id
  from search.town t, regexp_split_to_table (t.town, '[ ,-]+') w where search.key (w) <> '';
create index on search.town_word (word, town_id);
analyze search.street_word;
analyze search.town_word;

create temp table dwelling on commit drop as
select w.street, w.house, s.street_id
  from written w
  join search.street s on s.name = btrim (left (w.street, length (w.street) - length (w.house)), ' ,');
analyze dwelling;

-- In the order in which it is read.
create table search.home as
select d.street_id, n.surname_id, d.house, t.town_id, p.id::bigint as id, p.born_on as born
  from person p
  join dwelling d using (street)
  join search.town t using (town)
  join search.surname n using (surname)
 order by d.street_id, n.surname_id;
create index on search.home (street_id, surname_id, house, town_id, id);
create index on search.home (street_id, house);
create index on search.home (id);

create table search.bearer as
select n.surname_id, f.forename_id, b.born_on as born, b.id::bigint as id, t.town_id::smallint as town_id,
       b.present and b.position = 1 as main
  from (select id, surname, born_on, town, present, u.forename, u.position
          from borne, unnest (coalesce (nullif (forenames, '{}'), '{""}')) with ordinality u (forename, position)) b
  join search.surname n using (surname)
  join search.forename f using (forename)
  join search.town t using (town)
 order by n.surname_id, f.forename_id;
create index on search.bearer (surname_id, forename_id, born, id);
create index on search.bearer (surname_id, born, id) where main;
create index on search.bearer (forename_id, born, id);
create index on search.bearer (id);
create index on search.bearer (born, surname_id, forename_id, id);
analyze search.bearer;
analyze search.home;
grant usage on schema search to registry;
grant select on all tables in schema search to registry;
