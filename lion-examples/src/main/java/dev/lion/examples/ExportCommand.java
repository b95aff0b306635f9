package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.student.DjlStudent;
import dev.lion.student.DjlStudentBuilder;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a student as a model's folder that stands alone. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write a student as a Hugging Face folder that stands alone, an adapter merged into its model,",
            "for transformers, vLLM or llama.cpp's converter."
        })
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private StudentFolder student = new StudentFolder();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "the folder to write, new")
    private Path out = Path.of("");

    @Option(
            names = "--type",
            defaultValue = "bf16",
            description = "number type of the weights: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private StoredType type = StoredType.BF16;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "the model that an adapter's folder belongs to (default: the one that it names)")
    private Optional<Path> base = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out)) {
            throw new LionException(out + " exists already; a student is exported to a new folder");
        }
        Path whole = out.toAbsolutePath().normalize();
        Path pending = whole.resolveSibling(whole.getFileName() + ".pending");
        StudentFiles.delete(pending);
        Files.createDirectories(pending);
        DjlStudentBuilder builder =
                DjlStudent.builder().checkpoint(student.resolve()).baseType(WeightType.FLOAT32);
        base.ifPresent(builder::base);
        try (DjlStudent model = builder.build()) {
            model.export(pending, CheckpointFormat.ofType(type));
        }
        Files.move(pending, whole, StandardCopyOption.ATOMIC_MOVE);
        System.out.println(
                "the student is in " + out + ", weights in " + type.name().toLowerCase(Locale.ROOT));
        return 0;
    }
}
