package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.student.DjlStudent;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a student as a model's folder that stands alone. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write a student as a Hugging Face folder that stands alone.",
            "An adapter is merged into its model. The layout is that which transformers, vLLM and llama.cpp's converter read."
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

    @Mixin
    private BaseOption base = new BaseOption();

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out)) {
            throw new LionException(out + " exists already; a student is exported to a new folder");
        }
        var builder = DjlStudent.builder().checkpoint(student.resolve()).baseType(WeightType.FLOAT32);
        try (DjlStudent model = base.applyTo(builder).build()) {
            PendingFolder.become(out, folder -> model.export(folder, CheckpointFormat.ofType(type)));
        }
        System.out.println(
                "the student is in " + out + ", weights in " + type.name().toLowerCase(Locale.ROOT));
        return 0;
    }
}
