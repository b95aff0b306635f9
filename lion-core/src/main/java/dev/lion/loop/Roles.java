package dev.lion.loop;

import dev.lion.evaluation.Evaluation;
import dev.lion.role.Generator;
import dev.lion.role.Referee;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import java.util.Optional;

/** What the application supplied. */
record Roles(Teacher teacher, Referee referee, Generator generator, Student student, Optional<Evaluation> evaluation) {}
