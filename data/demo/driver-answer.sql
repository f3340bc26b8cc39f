-- The driver qualification register's answer: capitals, dates as people write them. $1 text: ID
-- number. Column: answer, a JSON text. A licence that has run out is E whatever the row says.
select json_build_object(
         'citizen', citizen,
         'FAMILY_NAME', family_name,
         'GIVEN_NAMES', given_names,
         'BIRTH', to_char(birth, 'DD.MM.YYYY'),
         'SEX', sex,
         'NATIONALITY', nationality,
         'ADDRESS', address,
         'LICENCE', json_build_object(
           'NO', licence_no,
           'STATUS', case when status = 'V' and expires < current_date then 'E' else status end,
           'FIRST_ISSUED', to_char(first_issued, 'DD.MM.YYYY'),
           'ISSUED', to_char(issued, 'DD.MM.YYYY'),
           'OFFICE', office,
           'EXPIRES', to_char(expires, 'DD.MM.YYYY'),
           'SUSPENDED_UNTIL', to_char(suspended_until, 'DD.MM.YYYY'),
           'CATEGORIES', (
             select json_agg(json_build_object(
                      'CAT', cat,
                      'SINCE', to_char(since, 'DD.MM.YYYY'),
                      'UNTIL', to_char(until, 'DD.MM.YYYY'),
                      'CODES', codes) order by cat)
               from entitlement
              where entitlement.citizen = driver.citizen),
           'CONDITIONS', (
             select json_agg(json_build_object(
                      'CODE', c.code,
                      'WORDING', c.wording,
                      'SINCE', to_char(c.since, 'DD.MM.YYYY')) order by c.code)
               from driving_condition c
              where c.citizen = driver.citizen)),
         'EARLIER', (
           select json_agg(json_build_object(
                    'NO', e.licence_no,
                    'ISSUED', to_char(e.issued, 'DD.MM.YYYY'),
                    'ENDED', to_char(e.ended, 'DD.MM.YYYY'),
                    'REASON', e.reason,
                    'COUNTRY', e.country) order by e.ended desc)
             from earlier_licence e
            where e.citizen = driver.citizen),
         'TESTS', (
           select json_agg(json_build_object(
                    'CAT', t.cat,
                    'KIND', t.kind,
                    'TAKEN', to_char(t.taken, 'DD.MM.YYYY'),
                    'RESULT', case when t.passed then 'PASSED' else 'FAILED' end,
                    'FAULTS', t.faults,
                    'CENTRE', t.centre,
                    'EXAMINER', t.examiner) order by t.taken desc, t.kind)
             from test t
            where t.citizen = driver.citizen),
         'MEDICALS', (
           select json_agg(json_build_object(
                    'GROUP', m.grp,
                    'ISSUED', to_char(m.issued, 'DD.MM.YYYY'),
                    'UNTIL', to_char(m.until, 'DD.MM.YYYY'),
                    'RESULT', m.result) order by m.issued desc)
             from medical_certificate m
            where m.citizen = driver.citizen),
         'MEDICAL', to_char(medical, 'DD.MM.YYYY'))::text as answer
  from driver
 where citizen = $1
