-- One page of the population register's search. $1 text: words of the name; $2 text: births, as
-- intervals of ISO 8601; $3 text: words of the address; $4 text: ID numbers with commas; $5 text: how
-- an ID number begins; $6 text: rows at most; $7 text: the page before ("" for none).
-- Column: answer, a JSON text.
with found as materialized (
  select f.*, row_number() over () as place
    from search.find(string_to_array(nullif($1, ''), ' '), $2, string_to_array(nullif($3, ''), ' '),
                     string_to_array(nullif($4, ''), ','), $5, least(greatest($6::int, 1), 100) + 1, nullif($7, '')) f
)
select json_build_object(
         'persons', coalesce((
           select json_agg(json_build_object(
                    'id', p.id,
                    'name', json_build_object('surname', p.surname, 'forenames', array_to_json(p.forenames)),
                    'name_native', case when p.surname_native is not null then json_build_object(
                      'surname', p.surname_native,
                      'forenames', array_to_json(p.forenames_native)) end,
                    'born', json_build_object('on', to_char(p.born_on, 'YYYY-MM-DD')),
                    'died', case when p.died_on is not null then json_build_object('on', to_char(p.died_on, 'YYYY-MM-DD')) end,
                    'address', json_build_object('street', p.street, 'town', p.town),
                    'score', round(f.score::numeric, 4),
                    'matched', array_to_json(case
                      when p.surname <> (select s.surname from search.surname s where s.surname_id = f.surname_id)
                        then array(select m from unnest(f.matched) m where m not like 'SURNAME%') || 'SURNAME_FORMER'::text
                      else f.matched end)) order by f.place)
             from found f
             join person p on p.id = lpad(f.id::text, 11, '0')
            where f.place <= $6::int), '[]'),
         'next', (select f.token from found f
                   where f.place = $6::int and exists (select from found more where more.place > f.place)))::text as answer
