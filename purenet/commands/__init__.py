"""The commands, one module for each group; purenet/command_line.py is the door."""
