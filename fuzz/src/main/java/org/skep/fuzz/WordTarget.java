package org.skep.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.networks.home.words.SealedBody;
import org.skep.networks.home.words.Word;
import org.skep.networks.home.words.WordCodec;

/** What operations say, open and sealed. */
final class WordTarget implements Target {
  private static final Bytes KEY = Bytes.ofHex("0b".repeat(32));
  private static final Bytes NONCE = Bytes.ofHex("0c".repeat(24));
  private static final Bytes WRAPPED = Bytes.ofHex("0d".repeat(48));

  @Override
  public String name() {
    return "words";
  }

  @Override
  public List<Bytes> seeds() {
    Ref person = new Ref(new NetworkId("ssb"), "@" + "A".repeat(43) + "=.ed25519");
    org.skep.kernel.Target target = new org.skep.kernel.Target(List.of(person));
    Word.PostWord post =
        new Word.PostWord(
            "hello [@b](@b)",
            Optional.of(new Word.ReplyTo(target, target, target)),
            "careful",
            "en",
            List.of(new Word.MentionOf(target, "b")),
            List.of(new Attachment(new Hash(KEY), "image/png", "a bee", 7)));
    List<Bytes> seeds = new ArrayList<>();
    for (Word word :
        List.of(
            post,
            new Word.LetterWord(post, List.of(target)),
            new Word.RelateWord(target, Word.Relation.BLOCKING),
            new Word.DescribeWord("name", "Ana"),
            new Word.ReactWord(target, Optional.of(target), "Like", true),
            new Word.FaceWord(person),
            new Word.ReadMarkerWord("home", 7),
            new Word.BookmarkWord(target, false))) {
      seeds.add(WordCodec.encode(word));
    }
    seeds.add(sealed(seeds.getFirst()));
    return seeds;
  }

  @Override
  public void read(Bytes input) {
    Optional<Word> word = WordCodec.decode(input);
    if (word.isPresent()) {
      Bytes written = WordCodec.encode(word.get());
      Must.equal(word, WordCodec.decode(written), "a word is read as it is written");
      Must.hold(written.length() <= input.length(), "and takes no more room");
    }
    boolean sealed = SealedBody.isSealed(input);
    Must.hold(
        sealed || SealedBody.open(input, (_, _) -> Optional.of(KEY)).isEmpty(),
        "only what is sealed is opened");
    SealedBody.read(input, KEY);
    Must.equal(
        Optional.of(input), SealedBody.read(sealed(input), KEY), "what was sealed is read again");
  }

  private static Bytes sealed(Bytes word) {
    return SealedBody.seal(word, KEY, NONCE, _ -> WRAPPED);
  }
}
