-- A trigger's function is for its trigger alone.
REVOKE ALL ON FUNCTION refuse_location_change() FROM PUBLIC;
