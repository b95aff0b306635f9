import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Renders conversations with llama.cpp's own engine for templates, and compares; see check.sh. */
final class TemplateCheck {
    public static void main(String[] arguments) throws Exception {
        boolean same = true;
        List<Path> folders;
        try (var listed = Files.list(Path.of(arguments[0]))) {
            folders = listed.filter(folder -> Files.exists(folder.resolve("expected.json"))).sorted().toList();
        }
        for (Path folder : folders) {
            same &= check(folder);
        }
        System.exit(same && !folders.isEmpty() ? 0 : 1);
    }

    private static boolean check(Path folder) throws Exception {
        JsonNode all = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        if (all.path("architecture").asText().equals("qwen3")) {
            System.out.printf("%-14s left out: this llama.cpp is older than qwen3%n", folder.getFileName());
            return true;
        }
        JsonNode expected = all.path("conversations");
        Path file;
        try (var listed = Files.list(folder)) {
            file = listed.filter(one -> one.toString().endsWith(".gguf")).findFirst().orElseThrow();
        }
        var parameters = new ModelParameters().setModel(file.toString()).setCtxSize(256).setThreads(1).enableJinja().disableLog();
        int right = 0;
        try (var model = new LlamaModel(parameters)) {
            for (JsonNode conversation : expected) {
                String found = model.applyTemplate(messages(conversation.path("messages")));
                boolean equal = found.equals(withoutBos(all, conversation.path("text").asText()));
                right += equal ? 1 : 0;
                if (!equal) {
                    System.out.printf("  DIFFERENT%n    lion      %s%n    llama.cpp %s%n", conversation.path("text"), new ObjectMapper().writeValueAsString(found));
                }
            }
        }
        System.out.printf("%-14s %d of %d conversations written the same by llama.cpp's template engine%n", folder.getFileName(), right, expected.size());
        return right == expected.size();
    }

    /** llama.cpp takes the token that begins a text from it, where it puts one before every text. */
    private static String withoutBos(JsonNode all, String text) {
        String bos = all.path("addsBos").asBoolean() ? all.path("bosToken").asText() : "";
        return text.startsWith(bos) ? text.substring(bos.length()) : text;
    }

    private static InferenceParameters messages(JsonNode messages) {
        var pairs = new ArrayList<Pair<String, String>>();
        String system = null;
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("system")) {
                system = message.path("content").asText();
            } else {
                pairs.add(new Pair<>(message.path("role").asText(), message.path("content").asText()));
            }
        }
        return new InferenceParameters("").setMessages(system, pairs);
    }
}
