-- The population register's answer. $1 text: ID number; $2 text: portrait in base 64.
-- Column: answer, a JSON text.
select json_build_object(
         'person', json_build_object(
           'id', id,
           'name', json_build_object('surname', surname, 'forenames', array_to_json(forenames)),
           'name_native', case when surname_native is not null then json_build_object(
             'script', script,
             'surname', surname_native,
             'forenames', array_to_json(forenames_native)) end,
           'sex', sex,
           'born', json_build_object('on', to_char(born_on, 'YYYY-MM-DD'), 'at', born_at),
           'died', case when died_on is not null then json_build_object(
             'on', to_char(died_on, 'YYYY-MM-DD')) end,
           'nationality', nationality,
           'address', json_build_object(
             'street', street,
             'town', town,
             'since', to_char(moved_in, 'YYYY-MM-DD')),
           'portrait', $2::text))::text as answer
  from person
 where id = $1
