package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.student.DjlStudent;
import dev.lion.student.Fidelity;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.gguf.GgufType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "the run that made the student, for the model card (default: the one that the student lies in, if any)")
    private Optional<Path> run = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what the model is called in its card and in a gguf file (default: the name of --out)")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--base-model",
            paramLabel = "NAME",
            description = "for the model card: the model that the student was made from, such as org/name on the hub")
    private Optional<String> baseModel = Optional.empty();

    @Option(
            names = "--license",
            paramLabel = "ID",
            description = "for the model card: the licence, once you know it (default: other)")
    private Optional<String> license = Optional.empty();

    /** What is written, by the names that users give. */
    enum Format {
        safetensors,
        gguf
    }

    /** Number types of both formats. */
    enum NumberType {
        bf16,
        f16,
        f32,
        q8_0;

        Optional<StoredType> stored() {
            return Arrays.stream(StoredType.values())
                    .filter(one -> one.name().equalsIgnoreCase(name()))
                    .findFirst();
        }

        Optional<GgufType> gguf() {
            return Arrays.stream(GgufType.values())
                    .filter(one -> one.name().equalsIgnoreCase(name()))
                    .findFirst();
        }
    }

    @Override
    public Integer call() throws IOException {
        NumberType chosen = type.orElse(format == Format.gguf ? NumberType.f16 : NumberType.bf16);
        new OptionFaults(Objects.requireNonNull(command))
                .require(
                        format == Format.gguf || chosen.stored().isPresent(),
                        "--type q8_0 is of gguf files: add --format gguf, or choose bf16, f16 or f32")
                .require(
                        format == Format.safetensors || chosen.gguf().isPresent(),
                        "--type bf16 is not written as gguf: choose f16, f32 or q8_0")
                .require(name.filter(String::isBlank).isEmpty(), "--name must not be blank")
                .require(
                        baseModel.filter(String::isBlank).isEmpty(),
                        "--base-model must not be blank: leave it out where it is not known")
                .require(
                        license.filter(String::isBlank).isEmpty(),
                        "--license must not be blank: leave it out until you know it")
                .refuse();
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw new LionException(out + " exists already; a student is exported to a new folder");
        }
        Path folder = student.resolve();
        Optional<CardRun> origin = origin(folder);
        var builder = DjlStudent.builder().checkpoint(folder).baseType(WeightType.FLOAT32);
        try (DjlStudent model = base.applyTo(builder).build()) {
            PendingFolder.become(out, pending -> {
                Fidelity fidelity = write(model, pending, chosen);
                card(model, chosen, fidelity, origin, usage(pending)).writeTo(pending);
                System.out.println("read back and compared: " + fidelity);
            });
        }
        System.out.println("the student is in " + out + ", weights in " + chosen);
        System.out.println(next());
        return 0;
    }

    /** The run that was named must be one; that one which a student lies in need not be readable. */
    private Optional<CardRun> origin(Path folder) throws IOException {
        if (run.isPresent()) {
            return Optional.of(CardRun.read(run.get(), folder));
        }
        try {
            Optional<Path> around = CardRun.around(folder);
            return around.isEmpty() ? Optional.empty() : Optional.of(CardRun.read(around.get(), folder));
        } catch (LionException e) {
            System.err.println("the model card says nothing of the run: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Fidelity write(DjlStudent model, Path folder, NumberType chosen) throws IOException {
        return format == Format.gguf
                ? model.exportGguf(folder, modelName(), chosen.gguf().orElseThrow())
                : model.export(folder, CheckpointFormat.ofType(chosen.stored().orElseThrow()));
    }

    private String modelName() {
        return name.orElseGet(
                () -> String.valueOf(out.toAbsolutePath().normalize().getFileName()));
    }

    private ModelCard card(
            DjlStudent model, NumberType chosen, Fidelity fidelity, Optional<CardRun> origin, CardUsage usage) {
        boolean gguf = format == Format.gguf;
        return new ModelCard(
                modelName(),
                baseModel,
                model.baseName(),
                license,
                model.shape(),
                (gguf ? "GGUF, for llama.cpp and Ollama" : "Hugging Face folder") + ", weights in "
                        + chosen.name().toUpperCase(Locale.ROOT),
                gguf ? "gguf" : "transformers",
                model.promptFormat(),
                fidelity,
                usage,
                origin);
    }

    private CardUsage usage(Path written) throws IOException {
        if (format == Format.safetensors) {
            return CardUsage.ofFolder();
        }
        try (var files = Files.newDirectoryStream(written, "*.gguf")) {
            return CardUsage.ofGguf(String.valueOf(files.iterator().next().getFileName()));
        }
    }

    private String next() {
        return format == Format.gguf
                ? "Ollama:  cd " + ShellWord.of(out.toString())
                        + " && ollama create my-student -f Modelfile && ollama run my-student"
                : "transformers and vLLM load the folder as it is;  README.md is its model card: check what it says of licences";
    }
}
