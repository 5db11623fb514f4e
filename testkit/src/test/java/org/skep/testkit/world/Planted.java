package org.skep.testkit.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;
import org.skep.kernel.Row;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/**
 * Bugs that were planted to see whether worlds notice, each between a node and one of its
 * contracts. Rare, as real ones are; what they make of a world is what they must be found by.
 */
enum Planted {
  /** What was written once is now and then written again: a duplicate counts twice. */
  DUPLICATE("in her log 2 times|is called .* already") {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public <T> T write(Lane lane, Work<T> work) {
          T answer = super.write(lane, work);
          return lane == Lane.OWN && random.nextInt(15) == 0 ? super.write(lane, work) : answer;
        }
      };
    }
  },

  /** The end of a log goes back by an entry now and then. */
  HEAD_GOES_BACK("announced entry [0-9]+ of .* and has [0-9]+|it does not come|UNIQUE") {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public <T> T write(Lane lane, Work<T> work) {
          return super.write(
              lane,
              tx -> {
                T answer = work.with(tx);
                if (random.nextInt(60) == 0) {
                  tx.run(
                      "UPDATE feed SET head = (SELECT before.local_seq FROM fact last"
                          + " JOIN fact before ON before.author = last.author"
                          + " AND before.log = last.log AND before.sequence = last.sequence - 1"
                          + " WHERE last.local_seq = feed.head)"
                          + " WHERE head = (SELECT max(local_seq) FROM fact WHERE sequence > 1)");
                }
                return answer;
              });
        }
      };
    }
  },

  /** How far a view has read is saved in a transaction of its own. */
  OFFSET_APART("a view that is not where its rows are") {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public <T> T write(Lane lane, Work<T> work) {
          List<Object[]> offsets = new ArrayList<>();
          T answer = super.write(lane, tx -> work.with(new OffsetsKept(tx, offsets)));
          for (Object[] offset : offsets) {
            super.write(lane, tx -> tx.run((String) offset[0], (Object[]) offset[1]));
          }
          return answer;
        }
      };
    }

    private final class OffsetsKept extends TxOver {
      private final List<Object[]> offsets;

      OffsetsKept(Tx real, List<Object[]> offsets) {
        super(real);
        this.offsets = offsets;
      }

      @Override
      TxOver over(Tx other) {
        return new OffsetsKept(other, offsets);
      }

      @Override
      public int run(String sql, Object... arguments) {
        if (sql.startsWith("UPDATE projection SET offset = ?")) {
          offsets.add(new Object[] {sql, arguments});
          return 1;
        }
        return super.run(sql, arguments);
      }
    }
  },

  /** What is announced is heard before it is on disk. */
  PUBLISHED_EARLY("announced entry [0-9]+ of .* and has [0-9]+") {
    @Override
    Store store(Store real, SplittableRandom random) {
      List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();
      return new StoreOver(real) {
        @Override
        public Subscription subscribe(Consumer<Announcement> listener) {
          listeners.add(listener);
          return () -> listeners.remove(listener);
        }

        @Override
        public <T> T write(Lane lane, Work<T> work) {
          return super.write(lane, tx -> work.with(new Early(tx)));
        }

        final class Early extends TxOver {
          Early(Tx tx) {
            super(tx);
          }

          @Override
          TxOver over(Tx other) {
            return new Early(other);
          }

          // As a processor may turn to somebody else at any time.
          @SuppressWarnings("ThreadPriorityCheck")
          @Override
          public void announce(Announcement announcement) {
            listeners.forEach(listener -> listener.accept(announcement));
            Thread.yield();
          }
        }
      };
    }
  },

  /** Who waits to hear that an entry was kept is now and then not woken. */
  LOST_WAKE_UP("it does not come") {
    @Override
    Store store(Store real, SplittableRandom random) {
      return new StoreOver(real) {
        @Override
        public Subscription subscribe(Consumer<Announcement> listener) {
          return super.subscribe(announcement -> {
            if (!(announcement instanceof Announcement.EntryKept) || random.nextInt(4) > 0) {
              listener.accept(announcement);
            }
          });
        }
      };
    }
  },

  /**
   * The number of a name is remembered once it was given, also where that came to nothing. Chosen
   * by somebody who did not know what worlds look at.
   */
  NUMBER_REMEMBERED("announced entry [0-9]+ of .* and has [0-9]+|it does not come") {
    @Override
    Store store(Store real, SplittableRandom random) {
      Map<List<Object>, Long> numbers = new ConcurrentHashMap<>();
      return new StoreOver(real) {
        @Override
        public <T> T read(Work<T> work) {
          return super.read(tx -> work.with(new Remembering(tx, numbers)));
        }

        @Override
        public <T> T write(Lane lane, Work<T> work) {
          return super.write(lane, tx -> work.with(new Remembering(tx, numbers)));
        }
      };
    }

    private final class Remembering extends TxOver {
      private static final Set<String> ASKING =
          Set.of(
              "SELECT number FROM alias WHERE hash = ? AND network = ? AND foreign_id = ?",
              "INSERT INTO alias (hash, network, foreign_id) VALUES (?, ?, ?) RETURNING number");

      private final Map<List<Object>, Long> numbers;

      Remembering(Tx real, Map<List<Object>, Long> numbers) {
        super(real);
        this.numbers = numbers;
      }

      @Override
      TxOver over(Tx other) {
        return new Remembering(other, numbers);
      }

      @Override
      public <T> Optional<T> first(Function<Row, T> mapping, String sql, Object... arguments) {
        if (!ASKING.contains(sql)) {
          return super.first(mapping, sql, arguments);
        }
        List<Object> name = List.of(arguments);
        Long known = numbers.get(name);
        if (known != null) {
          return Optional.of(mapping.apply(new Remembered(known)));
        }
        return super.first(
            row -> {
              numbers.put(name, row.number(0));
              return mapping.apply(row);
            },
            sql,
            arguments);
      }
    }

    // A row that is a number.
    private record Remembered(long value) implements Row {
      @Override
      public long number(int column) {
        return value;
      }

      @Override
      public boolean flag(int column) {
        return value != 0;
      }

      @Override
      public String text(int column) {
        return Long.toString(value);
      }

      @Override
      public Bytes bytes(int column) {
        return Bytes.ofUtf8(text(column));
      }

      @Override
      public boolean isNull(int column) {
        return false;
      }
    }
  };

  private final Pattern symptom;

  Planted(String symptom) {
    this.symptom = Pattern.compile(symptom);
  }

  /** Whether a world broke in the way in which this bug breaks worlds. */
  boolean explains(Throwable failure) {
    return symptom.matcher(String.valueOf(failure.getMessage())).find();
  }

  abstract Store store(Store real, SplittableRandom random);

  Twist twist(Kind kind, long seed) {
    SplittableRandom random = new SplittableRandom(31 * seed + kind.toString().hashCode());
    return new Twist() {
      @Override
      public Store store(Store real) {
        return Planted.this.store(real, random);
      }
    };
  }
}
