-- What a portrait is drawn from. $1 text: ID number. Columns: sex, birth_year.
select sex, extract(year from born_on)::int as birth_year
  from person
 where id = $1
