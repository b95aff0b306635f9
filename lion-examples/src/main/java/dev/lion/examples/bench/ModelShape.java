package dev.lion.examples.bench;

import dev.lion.student.decoder.DecoderConfig;
import java.util.Locale;

/** The decoders that are measured: one that a few minutes train from nothing, and one of the smallest open models' shape. */
public enum ModelShape {
    /** 5.4 million parameters. */
    M5("5m", 256, 6, 8, 4, 688, 4096),
    /** 134.5 million parameters, as SmolLM2-135M. */
    M135("135m", 576, 30, 9, 3, 1536, 49152);

    private final String title;
    private final int hidden;
    private final int layers;
    private final int heads;
    private final int keyValueHeads;
    private final int feedForward;
    private final int vocabulary;

    ModelShape(String title, int hidden, int layers, int heads, int keyValueHeads, int feedForward, int vocabulary) {
        this.title = title;
        this.hidden = hidden;
        this.layers = layers;
        this.heads = heads;
        this.keyValueHeads = keyValueHeads;
        this.feedForward = feedForward;
        this.vocabulary = vocabulary;
    }

    public String title() {
        return title;
    }

    public DecoderConfig config() {
        return DecoderConfig.builder()
                .hiddenSize(hidden)
                .numHiddenLayers(layers)
                .numAttentionHeads(heads)
                .numKeyValueHeads(keyValueHeads)
                .intermediateSize(feedForward)
                .vocabSize(vocabulary)
                .build();
    }

    /** What a peer is told about the shape, by the option names of {@code bench training --help}. */
    public String peerOptions() {
        return String.format(
                Locale.ROOT,
                "--hidden %d --layers %d --heads %d --kv %d --ffn %d --vocab %d",
                hidden,
                layers,
                heads,
                keyValueHeads,
                feedForward,
                vocabulary);
    }
}
