-- The infringement register's answer: dates without marks, money in whole units. $1 text: ID
-- number. Column: answer, a JSON text. Points count for three years.
select json_build_object(
         'data', json_build_object(
           'personId', person_id,
           'lastName', last_name,
           'firstName', first_name,
           'dob', to_char(dob, 'YYYYMMDD'),
           'residence', residence,
           'ban', case when ban_end is not null then json_build_object(
             'end', to_char(ban_end, 'YYYYMMDD')) end,
           'points', coalesce((
             select sum(points)
               from infringement i
              where i.person_id = offender.person_id
                and i.committed > current_date - interval '3 years'), 0),
           'fines', json_build_object(
             'currency', 'UTD',
             'due', coalesce((
               select sum(fine)
                 from infringement i
                where i.person_id = offender.person_id
                  and not i.paid), 0)::text)))::text as answer
  from offender
 where person_id = $1
