-- One page of the infringement register's search, by persons' numbers. $1 text: numbers with commas;
-- $2 text: rows at most; $3 text: the page before ("" for none). Column: answer, a JSON text.
with found as materialized (
  select o.person_id
    from offender o
   where o.person_id = any (string_to_array(nullif($1, ''), ',')) and o.person_id > $3
   order by o.person_id
   limit least(greatest($2::int, 1), 100) + 1
), page as materialized (
  select f.person_id, row_number() over (order by f.person_id) as place from found f
)
select json_build_object(
         'offenders', coalesce((
           select json_agg(json_build_object(
                    'personId', o.person_id,
                    'lastName', split_part(o.holder, ', ', 1),
                    'firstName', split_part(o.holder, ', ', 2),
                    'dob', o.dob,
                    'residence', o.residence,
                    'matched', json_build_array(case when position(',' in $1) = 0 then 'personId' else 'personIdNear' end))
                  order by p.place)
             from page p
             join offender o using (person_id)
            where p.place <= $2::int), '[]'),
         'next', (select p.person_id from page p
                   where p.place = $2::int and exists (select from page more where more.place > p.place)))::text as answer
