// Somebody between two levels of detail is drawn by both: by the finer from above down to a line
// that climbs, by the coarser from below up to it. Each level alone is whole on its side of the
// line, and they overlap a little, so nothing is seen through; what changes at a time is a hand's
// breadth.
#pragma once

const float TALL = 1.95;     // metres: nobody is taller
const float OVERLAP = 0.06;  // metres that the finer level reaches below the line

// Whether a level with this share of somebody (see posed.glsl) leaves out what is at a height above
// their floor.
bool faded(float share, float height) { return share > 0.0 ? height >= share * TALL : height < -share * TALL - OVERLAP; }
