package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.student.DjlStudent;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.gguf.GgufType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a student for other software: as a model's folder that stands alone, or as a file for llama.cpp and Ollama. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write a student for other software; an adapter is merged into its model.",
            "safetensors: a Hugging Face folder that stands alone, as transformers and vLLM load it.",
            "gguf: one file for llama.cpp and Ollama, with the tokenizer and the chat template inside."
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private StudentFolder student = new StudentFolder();

    @Mixin
    private BaseOption base = new BaseOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "the folder to write, new")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "safetensors",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.safetensors;

    @Option(
            names = "--type",
            description = "number type of the weights: bf16, f16 or f32; for gguf f16, f32 or q8_0"
                    + " (default: bf16; for gguf f16)")
    private Optional<NumberType> type = Optional.empty();

    /** What is written, by the names that users give. */
    enum Format {
        safetensors,
        gguf
    }

    /** Number types of both formats. */
    enum NumberType {
        BF16,
        F16,
        F32,
        Q8_0;

        Optional<StoredType> stored() {
            return Arrays.stream(StoredType.values())
                    .filter(one -> one.name().equals(name()))
                    .findFirst();
        }

        Optional<GgufType> gguf() {
            return Arrays.stream(GgufType.values())
                    .filter(one -> one.name().equals(name()))
                    .findFirst();
        }
    }

    @Override
    public Integer call() throws IOException {
        NumberType chosen = type.orElse(format == Format.gguf ? NumberType.F16 : NumberType.BF16);
        new OptionFaults(Objects.requireNonNull(command))
                .require(
                        format == Format.gguf || chosen.stored().isPresent(),
                        "--type q8_0 is of gguf files: add --format gguf, or choose bf16, f16 or f32")
                .require(
                        format == Format.safetensors || chosen.gguf().isPresent(),
                        "--type bf16 is not written as gguf: choose f16, f32 or q8_0")
                .refuse();
        if (Files.exists(out)) {
            throw new LionException(out + " exists already; a student is exported to a new folder");
        }
        var builder = DjlStudent.builder().checkpoint(student.resolve()).baseType(WeightType.FLOAT32);
        try (DjlStudent model = base.applyTo(builder).build()) {
            PendingFolder.become(out, folder -> write(model, folder, chosen));
        }
        System.out.println(
                "the student is in " + out + ", weights in " + chosen.name().toLowerCase(Locale.ROOT));
        return 0;
    }

    private void write(DjlStudent model, Path folder, NumberType chosen) throws IOException {
        if (format == Format.gguf) {
            String name = out.toAbsolutePath().normalize().getFileName().toString();
            Path file = folder.resolve(name + "-" + chosen + ".gguf");
            model.exportGguf(file, name, chosen.gguf().orElseThrow());
        } else {
            model.export(folder, CheckpointFormat.ofType(chosen.stored().orElseThrow()));
        }
    }
}
