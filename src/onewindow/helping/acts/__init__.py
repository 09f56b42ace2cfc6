"""便民导办的行为: a service is asked for, a visitor guided, something said in the hall answered."""
