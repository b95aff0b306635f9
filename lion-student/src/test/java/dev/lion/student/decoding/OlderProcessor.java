package dev.lion.student.decoding;

import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.TinyDecoders;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process whose int8 products are made as on a processor that has AVX2, but no instructions for such products. */
final class OlderProcessor {
    private OlderProcessor() {}

    /** Prints the largest number that what goes into a product is rounded to, then the loss of each family. */
    public static void main(String[] args) throws Exception {
        try (var decoder = Decoder.open(TinyDecoders.QWEN2, false, WeightType.INT8);
                var call = decoder.call("peak");
                var peak = call.run()) {
            System.out.println((double) peak.toLong());
        }
        for (DecoderConfig shape : TinyDecoders.families().toList()) {
            System.out.println(QuantizedDecodingTest.lossOfSureness(shape, false));
        }
    }

    static Process start() throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OlderProcessor.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("FBGEMM_ENABLE_INSTRUCTIONS", "AVX2");
        return builder.start();
    }
}
