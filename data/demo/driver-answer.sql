-- The driver qualification register's answer: capitals, dates as people write them. $1 text: ID
-- number. Column: answer, a JSON text. A licence that has run out is E whatever the row says.
select json_build_object(
         'citizen', citizen,
         'FAMILY_NAME', family_name,
         'GIVEN_NAMES', given_names,
         'BIRTH', to_char(birth, 'DD.MM.YYYY'),
         'SEX', sex,
         'ADDRESS', address,
         'LICENCE', json_build_object(
           'NO', licence_no,
           'STATUS', case when status = 'V' and expires < current_date then 'E' else status end,
           'EXPIRES', to_char(expires, 'DD.MM.YYYY'),
           'SUSPENDED_UNTIL', to_char(suspended_until, 'DD.MM.YYYY'),
           'CATEGORIES', (
             select json_agg(json_build_object(
                      'CAT', cat,
                      'SINCE', to_char(since, 'DD.MM.YYYY'),
                      'UNTIL', to_char(until, 'DD.MM.YYYY'),
                      'CODES', codes) order by cat)
               from entitlement
              where entitlement.citizen = driver.citizen)),
         'MEDICAL', to_char(medical, 'DD.MM.YYYY'))::text as answer
  from driver
 where citizen = $1
