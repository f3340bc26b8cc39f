-- One page of the driver qualification register's search, by a licence's number or its beginning, or by
-- the citizens' numbers. $1 text: licence number; $2 text: citizens with commas; $3 text: rows at most;
-- $4 text: the page before ("" for none). Column: answer, a JSON text.
with found as materialized (
  select d.citizen, case when d.licence_no = $1 then 1 else 0.9 end as score,
         case when d.licence_no = $1 then 'NO' else 'NO_BEGINNING' end as matched, d.licence_no || '|' || d.citizen as key
    from driver d
   where $1 <> '' and d.licence_no >= $1 and d.licence_no < $1 || ':'
  union all
  select d.citizen, 0.85, 'NO_EARLIER', l.licence_no || '|' || d.citizen
    from earlier_licence l
    join driver d using (citizen)
   where $1 <> '' and l.licence_no = $1 and d.licence_no <> $1
  union all
  select d.citizen, case when position(',' in $2) = 0 then 1 else 0.9 end,
         case when position(',' in $2) = 0 then 'CITIZEN' else 'CITIZEN_NEAR' end, '|' || d.citizen
    from driver d
   where d.citizen = any (string_to_array(nullif($2, ''), ','))
), page as materialized (
  select f.*, row_number() over (order by f.key) as place
    from (select * from found where key > $4 order by key limit least(greatest($3::int, 1), 100) + 1) f
)
select json_build_object(
         'DRIVERS', coalesce((
           select json_agg(json_build_object(
                    'citizen', d.citizen,
                    'FAMILY_NAME', d.family_name,
                    'GIVEN_NAMES', d.given_names,
                    'BIRTH', to_char(d.birth, 'DD.MM.YYYY'),
                    'ADDRESS', d.address,
                    'LICENCE_NO', d.licence_no,
                    'SCORE', p.score,
                    'MATCHED', json_build_array(p.matched)) order by p.place)
             from page p
             join driver d using (citizen)
            where p.place <= $3::int), '[]'),
         'NEXT', (select p.key from page p
                   where p.place = $3::int and exists (select from page more where more.place > p.place)))::text as answer
