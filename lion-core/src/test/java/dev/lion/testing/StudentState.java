package dev.lion.testing;

import com.google.common.hash.Hashing;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A student as far as one can see it from outside.
 *
 * @param answers its answers to some instructions
 * @param files the files it saves: their hash by their relative path
 */
record StudentState(List<Response> answers, Map<String, String> files) {
    static StudentState of(Student student, List<Instruction> instructions, Path emptyDirectory) throws Exception {
        List<Response> answers = student.answer(instructions);
        student.save(emptyDirectory);
        return new StudentState(answers, files(emptyDirectory));
    }

    /** The files under a directory. */
    static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String hash =
                        Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString();
                files.put(directory.relativize(file).toString(), hash);
            }
        }
        return files;
    }
}
