"""Makes sure that an officer is there before an act for a society; shared by the steps in which officers act."""
