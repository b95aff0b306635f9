package dev.lion.evaluation;

import com.google.common.hash.Hashing;
import dev.lion.role.Student;
import dev.lion.role.Teacher;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Where the answers to open questions come from. */
public sealed interface AnswerSource {
    /** What a manifest holds of it: the answers themselves, in short, or what is asked. */
    String description();

    /** Answers that are there already, by the ids of the questions. */
    static AnswerSource given(Map<String, String> answers) {
        return new Given(answers);
    }

    /** A student, which is asked in batches on one thread, and costs nothing. */
    static AnswerSource of(Student student, String name) {
        return new Learnt(student, name);
    }

    /** A teacher, which is asked from several threads; what it answers is paid for and kept. */
    static AnswerSource of(Teacher teacher, String name) {
        return new Asked(teacher, name);
    }

    /**
     * Answers that are there.
     *
     * @param answers by the ids of the questions
     */
    record Given(Map<String, String> answers) implements AnswerSource {
        public Given {
            answers = Map.copyOf(answers);
        }

        @Override
        public String description() {
            String hash = Hashing.sha256()
                    .hashString(new TreeMap<>(answers).toString(), StandardCharsets.UTF_8)
                    .toString();
            return "given, " + hash.substring(0, 16);
        }
    }

    /**
     * Answers of a student.
     *
     * @param student who is asked
     * @param name what tells this student from others, such as a fingerprint
     */
    record Learnt(Student student, String name) implements AnswerSource {
        public Learnt {
            Objects.requireNonNull(student, "student");
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String description() {
            return "student, " + name;
        }
    }

    /**
     * Answers of a teacher.
     *
     * @param teacher who is asked
     * @param name what tells this teacher from others, such as a model's name
     */
    record Asked(Teacher teacher, String name) implements AnswerSource {
        public Asked {
            Objects.requireNonNull(teacher, "teacher");
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String description() {
            return "asked, " + name;
        }
    }
}
