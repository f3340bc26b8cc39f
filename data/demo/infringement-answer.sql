-- The infringement register's answer: dates without marks, money in whole units. $1 text: ID
-- number. Column: answer, a JSON text. Points count for three years.
select json_build_object(
         'data', json_build_object(
           'personId', person_id,
           'holder', holder,
           'lastName', split_part(holder, ', ', 1),
           'firstName', split_part(holder, ', ', 2),
           'dob', dob,
           'residence', residence,
           'ban', case when ban_end is not null then json_build_object(
             'end', to_char(ban_end, 'YYYYMMDD')) end,
           'barred', case when barred_until is not null then json_build_object(
             'until', to_char(barred_until, 'YYYYMMDD')) end,
           'withdrawn', (
             select json_agg(json_build_object(
                      'category', category,
                      'since', to_char(s.starts, 'YYYYMMDD')) order by category)
               from suspension s
              cross join unnest(string_to_array(s.categories, ',')) category
              where s.person_id = offender.person_id
                and s.ends is null),
           'suspensions', (
             select json_agg(json_build_object(
                      'case', s.case_no,
                      'start', to_char(s.starts, 'YYYYMMDD'),
                      'end', to_char(s.ends, 'YYYYMMDD'),
                      'categories', s.categories,
                      'conditions', s.conditions) order by s.starts desc)
               from suspension s
              where s.person_id = offender.person_id),
           'cases', (
             select json_agg(json_build_object(
                      'case', i.case_no,
                      'committed', to_char(i.committed, 'YYYYMMDD'),
                      'offence', i.offence,
                      'place', i.place,
                      'points', i.points,
                      'fine', i.fine::text,
                      'paid', i.paid) order by i.committed desc, i.case_no)
               from infringement i
              where i.person_id = offender.person_id),
           'penalties', (
             select json_agg(json_build_object(
                      'case', p.case_no,
                      'kind', p.kind,
                      'decided', to_char(p.decided, 'YYYYMMDD'),
                      'detail', p.detail) order by p.decided desc, p.case_no)
               from penalty p
              where p.person_id = offender.person_id),
           'payments', (
             select json_agg(json_build_object(
                      'case', p.case_no,
                      'paidOn', to_char(p.paid_on, 'YYYYMMDD'),
                      'amount', p.amount::text,
                      'channel', p.channel) order by p.paid_on desc, p.case_no)
               from payment p
              where p.person_id = offender.person_id),
           'points', coalesce((
             select sum(points)
               from infringement i
              where i.person_id = offender.person_id
                and i.points_until > current_date), 0),
           'fines', json_build_object(
             'currency', 'UTD',
             'due', coalesce((
               select sum(fine)
                 from infringement i
                where i.person_id = offender.person_id
                  and not i.paid), 0)::text)))::text as answer
  from offender
 where person_id = $1
