// Loads a chunk: its parcels, each of which is pieces of WebAssembly one after the other.
import { initSync } from "./conifer.js";

/// For each chunk its parcels.
const chunks = CHUNKS;
/// For each parcel its pieces: the number and the length of each. What two chunks need may lie in a parcel of each.
const parcels = PARCELS;

const arrived = new Map();
const linked = new Map();

/// What failed is forgotten, for it to be tried again.
function once(known, key, start) {
    let promise = known.get(key);
    if (promise === undefined) {
        promise = start();
        known.set(key, promise);
        promise.catch(() => known.delete(key));
    }
    return promise;
}

async function open(parcel) {
    const response = await fetch(new URL(`./${parcel}.parcel`, import.meta.url));
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    const content = await response.arrayBuffer();
    const imports = { __wasm_split: { SHARED ...initSync() } };
    const pieces = parcels[parcel];
    const links = [];
    for (let i = 0, start = 0; i < pieces.length; start += pieces[i + 1], i += 2) {
        const piece = new Uint8Array(content, start, pieces[i + 1]);
        // Once, from whichever parcel comes first: a second time would reset what the piece keeps in memory.
        links.push(once(linked, pieces[i], async () => void (await WebAssembly.instantiate(piece, imports))));
    }
    await Promise.all(links);
}

async function isLoaded(chunk) {
    try {
        await Promise.all(chunks[chunk].map((parcel) => once(arrived, parcel, () => open(parcel))));
        return true;
    } catch (error) {
        console.error(error);
        return false;
    }
}

/// Tries until it succeeds, for the front end would end with what it cannot have. A newer server has no file of this
/// page any more: then only a new page helps.
function load(chunk) {
    return async (callback, data) => {
        for (let pause = 1; !(await isLoaded(chunk)); pause = Math.min(2 * pause, 32)) {
            if (pause === 2 && confirm("A part of this page cannot be loaded. Load the page anew?")) {
                location.reload();
            }
            await new Promise((done) => setTimeout(done, 1000 * pause));
        }
        initSync().__indirect_function_table.get(callback)(data, true);
    };
}

