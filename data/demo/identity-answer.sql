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
           'birth_surname', birth_surname,
           'former_names', (
             select json_agg(json_build_object(
                      'surname', n.surname,
                      'until', to_char(n.until, 'YYYY-MM-DD'),
                      'reason', n.reason) order by n.until desc)
               from former_name n
              where n.id = person.id),
           'former_ids', (
             select json_agg(json_build_object(
                      'id', f.former_id,
                      'until', to_char(f.changed_on, 'YYYY-MM-DD'),
                      'reason', f.reason) order by f.changed_on desc)
               from former_id f
              where f.id = person.id),
           'sex', sex,
           'born', json_build_object('on', to_char(born_on, 'YYYY-MM-DD'), 'at', born_at),
           'died', case when died_on is not null then json_build_object(
             'on', to_char(died_on, 'YYYY-MM-DD')) end,
           'nationality', nationality,
           'address', json_build_object(
             'street', street,
             'town', town,
             'lives_in', lives_in,
             'since', to_char(moved_in, 'YYYY-MM-DD')),
           'resident_since', to_char(case when nationality = 'UTO' then born_on else least(moved_in, (
             select min(a.moved_in)
               from former_address a
              where a.id = person.id)) end, 'YYYY-MM-DD'),
           'former_addresses', (
             select json_agg(json_build_object(
                      'street', a.street,
                      'town', a.town,
                      'since', to_char(a.moved_in, 'YYYY-MM-DD'),
                      'until', to_char(a.moved_out, 'YYYY-MM-DD')) order by a.moved_out desc)
               from former_address a
              where a.id = person.id),
           'documents', (
             select json_agg(json_build_object(
                      'kind', d.kind,
                      'number', d.number,
                      'issued', to_char(d.issued_on, 'YYYY-MM-DD'),
                      'expires', to_char(d.expires_on, 'YYYY-MM-DD'),
                      'status', d.status) order by d.issued_on desc, d.number)
               from document d
              where d.id = person.id),
           'portrait_ref', portrait_ref,
           'portrait', $2::text))::text as answer
  from person
 where id = $1
