package dev.lion.loop;

import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.Teacher;

/** The roles whose calls are planned. */
record CallRoles(Teacher teacher, Referee referee, Generator generator) {}
