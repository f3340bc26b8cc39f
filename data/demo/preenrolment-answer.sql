-- A prepared application. $1 text: its code; $2 text: the photo in base 64.
-- Column: answer, a JSON text.
select json_build_object(
         'application', json_build_object(
           'code', code,
           'office', office,
           'state', state,
           'kind', kind,
           'categories', array_to_json(categories),
           'language', upper(language),
           'submittedAt', to_char(submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           'validUntil', to_char(valid_until, 'DD.MM.YYYY'),
           'applicant', json_build_object(
             'id', id_number,
             'surname', surname,
             'forenames', array_to_json(forenames),
             'born', to_char(born_on, 'DD.MM.YYYY'),
             'bornAt', born_at,
             'sex', case sex when 1 then 'm' when 2 then 'f' else 'x' end,
             'nationality', nationality,
             'address', array_to_json(address)),
           'contact', json_build_object('email', email, 'mobile', mobile),
           'photo', $2::text))::text as answer
  from application
 where code = $1
