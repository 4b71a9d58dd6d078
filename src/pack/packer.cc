#include "pack/packer.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "cache/key.h"
#include "cache/record.h"
#include "deflate/deflate.h"
#include "parallel/parallel.h"
#include "util/trace.h"

namespace slim {
namespace {

using cache::RecordReader;
using cache::RecordWriter;

constexpr std::uint64_t kSmall = 16 << 10;       // unpacked
constexpr std::uint64_t kMostSmall = 32 << 20;   // packed, of all together
constexpr std::uint64_t kRecordOverhead = 1024;  // of a value, beyond its contents: more than any has

void write_entry(RecordWriter& out, const PackedEntry& entry) {
  out.flag(entry.deflated);
  out.number(entry.size);
  out.number(entry.crc);
  out.bytes(entry.packed);
}

PackedEntry read_entry(RecordReader& in) {
  PackedEntry entry;
  entry.deflated = in.flag();
  entry.size = in.number<std::uint64_t>();
  entry.crc = in.number<std::uint32_t>();
  const ByteView packed = in.bytes();
  entry.packed.assign(packed.begin(), packed.end());
  return entry;
}

// Holds one of a number of places while it lives.
class Turn {
 public:
  explicit Turn(std::counting_semaphore<>& places) : places_(places) { places_.acquire(); }
  ~Turn() { places_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::counting_semaphore<>& places_;
};

std::optional<PackedEntry> entry_in(ByteView record) {
  RecordReader in(record);
  PackedEntry entry = read_entry(in);
  return in.damaged() || !in.at_end() ? std::nullopt : std::optional(std::move(entry));
}

Bytes record_of(const PackedEntry& entry) {
  RecordWriter out;
  write_entry(out, entry);
  return out.take();
}

struct KeptStrip {
  StripOutcome outcome;
  std::optional<PackedEntry> entry;  // where it was stripped
};

std::optional<KeptStrip> strip_in(ByteView record) {
  RecordReader in(record);
  KeptStrip strip;
  strip.outcome.stripped = in.flag();
  strip.outcome.reason = in.text();
  strip.outcome.size = in.number<std::uint64_t>();
  strip.outcome.hash.high = in.number<std::uint64_t>();
  strip.outcome.hash.low = in.number<std::uint64_t>();
  if (strip.outcome.stripped) strip.entry = read_entry(in);
  return in.damaged() || !in.at_end() ? std::nullopt : std::optional(std::move(strip));
}

Bytes record_of(const StripOutcome& outcome, const PackedEntry* entry) {
  RecordWriter out;
  out.flag(outcome.stripped);
  out.text(outcome.reason);
  out.number(outcome.size);
  out.number(outcome.hash.high);
  out.number(outcome.hash.low);
  if (entry != nullptr) write_entry(out, *entry);
  return out.take();
}

}  // namespace

Packer::Packer(const Package& package, const Inspection& inspection, const Options& options,
               cache::Cache& cache)
    : package_(package),
      inspection_(inspection),
      options_(options),
      cache_(cache),
      makes_zip_(!options.dry_run && !options.in_place && options.output_format == ContainerFormat::zip),
      room_(makes_zip_ ? options.max_memory / 4 : 0),
      free_threads_(threads_or_default(options.threads)) {}

PackedEntry Packer::pack(Bytes bytes) const {
  const trace::Span span("deflate");
  PackedEntry entry{.deflated = false, .size = bytes.size(), .crc = deflate::crc32(bytes), .packed = {}};
  const auto for_each = [&](std::size_t count, const std::function<void(std::size_t)>& work) {
    parallel_for(count, threads_or_default(options_.threads), [&](std::size_t i) {
      const Turn turn(free_threads_);
      work(i);
    });
  };
  if (auto smaller = deflate::compress(bytes, options_.level, for_each)) {
    entry.deflated = true;
    entry.packed = std::move(*smaller);
  } else {
    entry.packed = std::move(bytes);
  }
  return entry;
}

PackedEntry Packer::store(Bytes bytes) {
  PackedEntry entry{.size = bytes.size(), .crc = deflate::crc32(bytes), .packed = {}};
  entry.packed = std::move(bytes);
  return entry;
}

Sha256 Packer::key_of(std::string_view purpose, std::size_t index) const {
  return cache::KeyMaker(purpose)
      .add(ByteView(inspection_.content_ids[index]))
      .add(static_cast<std::uint64_t>(options_.level))
      .key();
}

cache::Wanted Packer::unchanged(std::size_t index) const {
  return {.key = key_of("unchanged", index), .most = package_.entries[index].size + kRecordOverhead};
}

// A strip makes no file larger.
cache::Wanted Packer::strip_of(std::size_t index, elf::StripLevel level) const {
  return {.key = key_of(elf::strip_level_name(level), index),
          .most = package_.entries[index].size + kRecordOverhead};
}

// Found again when files come, go or change, as long as the package's top level is the same.
cache::Wanted Packer::small_files() const {
  cache::KeyMaker key("small files");
  key.add(static_cast<std::uint64_t>(options_.level));
  std::string_view last;
  std::uint64_t most = kRecordOverhead;
  for (const Entry& entry : package_.entries) {
    const std::string_view top = std::string_view(entry.path).substr(0, entry.path.find('/'));
    if (top != last) key.add(top);
    last = top;
    most += kRecordOverhead;
  }
  return {.key = key.key(), .most = most + kMostSmall};
}

void Packer::expect(const Plan& wishes) {
  if (!makes_zip_ || !cache_.is_on() || options_.fast) return;
  std::vector<std::pair<std::uint64_t, cache::Wanted>> strips;
  std::vector<cache::Wanted> wanted;
  for (std::size_t i = 0; i < wishes.actions.size(); ++i) {
    const Entry& entry = package_.entries[i];
    if (wishes.actions[i].verb == Verb::strip)
      strips.emplace_back(entry.size, strip_of(i, wishes.actions[i].level));
    const bool is_packed = keeps_bytes(wishes.actions[i]) && !wishes.actions[i].stays_stored;
    if (is_packed && entry.type == EntryType::file && entry.size >= kSmall) wanted.push_back(unchanged(i));
  }
  std::ranges::stable_sort(strips, std::greater{}, [](const auto& strip) { return strip.first; });
  std::vector<cache::Wanted> all;
  for (const auto& [size, strip] : strips) all.push_back(strip);
  all.push_back(small_files());
  all.insert(all.end(), wanted.begin(), wanted.end());
  cache_.expect(std::move(all));
}

// What pack() would give, as far as that can be told without packing.
bool Packer::is_packed_form(const PackedEntry& entry, ByteView bytes) {
  const trace::Span span("prove");
  if (entry.size != bytes.size() || entry.crc != deflate::crc32(bytes)) return false;
  if (!entry.deflated) return std::ranges::equal(entry.packed, bytes);
  if (entry.packed.size() >= bytes.size()) return false;
  const Result<Bytes> unpacked = deflate::decompress(entry.packed, entry.size);
  return unpacked && std::ranges::equal(*unpacked, bytes);
}

void Packer::read_small() {
  const cache::Wanted wanted = small_files();
  const std::optional<cache::Found> kept = cache_.get(wanted);
  if (!kept) return;
  RecordReader in(kept->value);
  while (!in.at_end() && !in.damaged()) {
    Sha256 content_id{};
    std::ranges::copy(in.raw(content_id.size()), content_id.begin());
    SmallFile file{.entry = read_entry(in), .is_proven = kept->is_trusted};
    small_bytes_ += file.entry.packed.size();
    if (!in.damaged()) small_.emplace(content_id, std::move(file));
  }
  if (in.damaged()) cache_.wrong(*kept);
  small_is_from_server_ = kept->is_from_server;
}

std::optional<PackedEntry> Packer::find_small(std::size_t index, const Bytes* bytes) {
  std::call_once(small_is_read_, [this] { read_small(); });
  std::unique_lock lock(mutex_);
  const auto found = small_.find(inspection_.content_ids[index]);
  if (found == small_.end() || (bytes == nullptr && !found->second.is_proven)) return std::nullopt;
  SmallFile& file = found->second;  // stays where it is, whatever else comes or goes
  PackedEntry entry = file.entry;
  if (!file.is_proven) {
    lock.unlock();
    const bool is_right = is_packed_form(entry, *bytes);
    if (!is_right) cache_.wrong({.value = {}, .is_from_server = small_is_from_server_});
    lock.lock();
    if (!is_right) return std::nullopt;
    file.is_proven = true;
  }
  file.is_used = true;
  return entry;
}

Result<PackedEntry> Packer::pack_small(std::size_t index, const Load& load) {
  if (auto kept = find_small(index, nullptr)) return std::move(*kept);
  TRY(Bytes bytes, load());
  if (auto kept = find_small(index, &bytes)) return std::move(*kept);
  PackedEntry entry = pack(std::move(bytes));
  const std::lock_guard lock(mutex_);
  if (small_bytes_ < kMostSmall) {
    small_bytes_ += entry.packed.size();
    small_.insert_or_assign(inspection_.content_ids[index],
                            SmallFile{.entry = entry, .is_proven = true, .is_used = true});
    small_is_new_ = true;
  }
  return entry;
}

Result<PackedEntry> Packer::pack_unchanged(std::size_t index, const Load& load) {
  if (options_.fast) {
    TRY(std::optional<PackedEntry> same, package_.source->load_packed(index));
    if (same) return std::move(*same);
  }
  if (!cache_.is_on()) {
    TRY(Bytes bytes, load());
    return pack(std::move(bytes));
  }
  if (package_.entries[index].size < kSmall) return pack_small(index, load);
  const cache::Wanted wanted = unchanged(index);
  std::optional<cache::Found> kept = cache_.get(wanted);
  std::optional<PackedEntry> offer = kept ? entry_in(kept->value) : std::nullopt;
  if (kept && kept->is_trusted && offer) return std::move(*offer);
  TRY(Bytes bytes, load());
  if (kept) {
    if (offer && is_packed_form(*offer, bytes)) {
      cache_.proven(wanted.key, *kept);
      return std::move(*offer);
    }
    cache_.wrong(*kept);
  }
  PackedEntry entry = pack(std::move(bytes));
  cache_.put(wanted.key, record_of(entry));
  return entry;
}

std::optional<StripOutcome> Packer::find_strip(std::size_t index, elf::StripLevel level) {
  if (!makes_zip_ || !cache_.is_on()) return std::nullopt;
  std::optional<cache::Found> kept = cache_.get(strip_of(index, level));
  if (!kept) return std::nullopt;
  std::optional<KeptStrip> strip = strip_in(kept->value);
  if (kept->is_trusted && strip) {
    if (strip->entry) wait(index, std::move(*strip->entry));
    return std::move(strip->outcome);
  }
  // What others have written is not believed: the strip is made here, and only where it comes to the same
  // bytes is their packed form taken, which saves the deflating.
  const std::lock_guard lock(mutex_);
  offers_.insert_or_assign(index, std::move(*kept));
  return std::nullopt;
}

// Whether what was offered for this strip is what it comes to; `entry` is then its packed form.
bool Packer::was_offered(std::size_t index, const cache::Wanted& wanted, const StripOutcome& outcome,
                         ByteView bytes, std::optional<PackedEntry>& entry) {
  std::unique_lock lock(mutex_);
  const auto node = offers_.extract(index);
  lock.unlock();
  if (node.empty()) return false;
  std::optional<KeptStrip> strip = strip_in(node.mapped().value);
  if (!strip || strip->outcome != outcome || (strip->entry && !is_packed_form(*strip->entry, bytes))) {
    cache_.wrong(node.mapped());
    return false;
  }
  cache_.proven(wanted.key, node.mapped());
  entry = std::move(strip->entry);
  return true;
}

void Packer::keep_strip(std::size_t index, elf::StripLevel level, const StripOutcome& outcome, Bytes bytes) {
  if (!makes_zip_ || (!cache_.is_on() && !has_room())) return;
  if (!cache_.is_on()) {
    if (outcome.stripped) wait(index, pack(std::move(bytes)));
    return;
  }
  const cache::Wanted wanted = strip_of(index, level);
  std::optional<PackedEntry> entry;
  if (!was_offered(index, wanted, outcome, bytes, entry)) {
    if (outcome.stripped) entry = pack(std::move(bytes));
    cache_.put(wanted.key, record_of(outcome, entry ? &*entry : nullptr));
  }
  if (entry) wait(index, std::move(*entry));
}

bool Packer::has_room() const {
  const std::lock_guard lock(mutex_);
  return held_ < room_;
}

bool Packer::wait(std::size_t index, PackedEntry entry) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t holds = entry.packed.capacity();
  if (held_ > room_ || holds > room_ - held_) return false;
  held_ += holds;
  waiting_.insert_or_assign(index, std::move(entry));
  return true;
}

std::optional<PackedEntry> Packer::take(std::size_t index) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(index);
  if (found == waiting_.end()) return std::nullopt;
  PackedEntry entry = std::move(found->second);
  waiting_.erase(found);
  held_ -= entry.packed.capacity();
  return entry;
}

void Packer::start_over() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  held_ = 0;
}

void Packer::finish() {
  if (!cache_.is_on()) return;
  if (small_is_new_ || small_is_from_server_) keep_small();
  cache_.finish();
}

// Keeps, of the small files, those that this run has used, in the order of the entries.
void Packer::keep_small() {
  RecordWriter out;
  std::uint64_t packed = 0;
  for (const Sha256& content_id : inspection_.content_ids) {
    const auto found = small_.find(content_id);
    if (found == small_.end() || !found->second.is_used) continue;
    found->second.is_used = false;  // identical files are written once
    packed += found->second.entry.packed.size();
    if (packed > kMostSmall) break;
    out.raw(content_id);
    write_entry(out, found->second.entry);
  }
  if (small_is_new_) return cache_.put(small_files().key, out.written());
  cache_.put_own(small_files().key, out.written());
}

}  // namespace slim
