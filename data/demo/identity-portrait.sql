-- Whom the portrait shows, from which it is drawn. $1 text: ID number. Column: portrait_ref.
select portrait_ref
  from person
 where id = $1
