import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Decodes the folders that dev.lion.student.checkpoint.GreedyFolders wrote with Jlama, and compares; see check.sh. */
final class JlamaCheck {
    public static void main(String[] arguments) throws Exception {
        boolean same = true;
        List<Path> folders;
        try (var listed = Files.list(Path.of(arguments[0]))) {
            folders = listed.sorted().toList();
        }
        for (Path folder : folders) {
            JsonNode expected = new ObjectMapper().readTree(folder.resolve("greedy.json").toFile());
            List<Integer> lion = integers(expected.path("greedy"));
            List<Integer> jlama = greedy(folder.toFile(), integers(expected.path("prompt")), lion.size());
            same &= jlama.equals(lion);
            System.out.printf("%-14s %s  lion %s  jlama %s%n", folder.getFileName(), jlama.equals(lion) ? "same" : "DIFFERENT", lion, jlama);
        }
        System.exit(same && !folders.isEmpty() ? 0 : 1);
    }

    private static List<Integer> greedy(File folder, List<Integer> prompt, int count) throws Exception {
        try (AbstractModel model = ModelSupport.loadModel(folder, DType.F32, DType.F32);
                var cache = new KvBufferCache(model).getEphemeralKvBuffer()) {
            var tokens = new ArrayList<Integer>();
            int[] input = prompt.stream().mapToInt(Integer::intValue).toArray();
            int position = 0;
            while (tokens.size() < count) {
                AbstractTensor hidden = model.batchForward(input, position, cache);
                int next = largest(model.getLogits(hidden.slice(hidden.shape().first() - 1)));
                position += input.length;
                input = new int[] {next};
                tokens.add(next);
            }
            return tokens;
        }
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static List<Integer> integers(JsonNode array) {
        var integers = new ArrayList<Integer>();
        array.forEach(one -> integers.add(one.asInt()));
        return integers;
    }
}
