#version 330
// Two stars in a true Kepler orbit, the light that falls from one to the other, the disc that it
// gathers in, and the trails that the dance leaves. Places are metres of the world.
#pragma include "lib/frame.glsl"
uniform mat4 p3d_ProjectionMatrix;
uniform vec3 u_place;         // barycentre
uniform vec3 u_orbit_x;       // unit, towards the periapsis of the giver
uniform vec3 u_orbit_y;       // unit, a quarter turn on
uniform vec4 u_orbit;         // semi-major axis (m), eccentricity, mass of giver to taker, period (s)
uniform vec2 u_radii;         // of the giver and the taker, metres
uniform sampler2D u_stream;   // path of the falling light in the turning frame, by length
in vec4 p3d_Vertex;           // a corner: x, y; and a number of its own in z
in float kind;                // 0 giver, 1 taker, 2 their coronas, 4 stream, 5 disc, 6 spark, 7 trail
in vec4 strand;               // stream: offset across, offset up, phase, width; see binary.py
out vec2 v_corner;
out vec4 v_kind;              // kind, own number, fraction along, brightness
out vec3 v_toward;            // the other star, in the quad's axes
out vec2 v_rose;              // how near periapsis, 0..1; mean anomaly

vec3 giver, taker, ahead, aside, normal;
float gap;

// Kepler's equation by Newton's steps, as models/sky/orbit.py.
float eccentric(float mean, float e) {
    float x = mean + e * sin(mean);
    for (int i = 0; i < 5; ++i) x -= (x - e * sin(x) - mean) / (1.0 - e * cos(x));
    return x;
}

vec3 separation(float mean) {
    float e = u_orbit.y, x = eccentric(mean, e);
    vec2 s = vec2(cos(x) - e, sqrt(1.0 - e * e) * sin(x)) * u_orbit.x;
    return u_orbit_x * s.x + u_orbit_y * s.y;
}

void stars(float mean) {
    vec3 s = separation(mean);
    giver = u_place + s / (1.0 + u_orbit.z);
    taker = u_place - s * u_orbit.z / (1.0 + u_orbit.z);
    gap = length(s);
    normal = cross(u_orbit_x, u_orbit_y);
    ahead = -s / gap;
    aside = cross(normal, ahead);
}

vec3 on_stream(float along) {
    vec2 at = texture(u_stream, vec2(along, 0.5)).xy;
    return giver + (ahead * at.x + aside * at.y) * gap;
}

vec3 facing(vec3 centre, vec2 corner, float size) {
    vec3 way = normalize(centre - eye());
    vec3 right = normalize(cross(way, vec3(0.0, 0.0, 1.0)));
    return centre + (right * corner.x + cross(right, way) * corner.y) * size;
}

vec3 in_quad(vec3 direction, vec3 centre) {
    vec3 way = normalize(centre - eye());
    vec3 right = normalize(cross(way, vec3(0.0, 0.0, 1.0)));
    return vec3(dot(direction, right), dot(direction, cross(right, way)), -dot(direction, way));
}

void main() {
    float mean = 2.0 * PI * S_breath / u_orbit.w;
    stars(mean);
    v_corner = p3d_Vertex.xy;
    float closeness = clamp((u_orbit.x * (1.0 + u_orbit.y) - gap) / (2.0 * u_orbit.x * u_orbit.y), 0.0, 1.0);
    v_rose = vec2(closeness, mean);
    v_kind = vec4(kind, p3d_Vertex.z, 0.0, S_binary);
    v_toward = vec3(0.0);
    vec3 point = u_place;
    if (kind < 3.5) {
        bool warm = kind < 0.5 || (kind > 1.5 && p3d_Vertex.z < 0.5);
        vec3 centre = warm ? giver : taker;
        float radius = warm ? u_radii.x : u_radii.y;
        float size = kind < 1.5 ? 1.25 : (warm ? 3.4 : 9.0);
        v_corner *= size;
        point = facing(centre, v_corner, radius);
        v_toward = in_quad(normalize((warm ? taker : giver) - centre), centre);
    } else if (kind < 4.5) {
        float t = v_corner.x;
        vec3 here = on_stream(t), next = on_stream(min(t + 0.012, 1.0)), last = on_stream(max(t - 0.012, 0.0));
        vec3 way = normalize(next - last);
        float opened = 0.35 + 1.1 * exp(-t * 7.0) + 0.5 * smoothstep(0.35, 0.8, t);
        float sway = sin(t * 9.0 + strand.z * 6.283 - S_breath * 0.9) * 0.35;
        here += (cross(way, normal) * (strand.x + sway * 0.3) + normal * (strand.y + sway * 0.4)) * opened * gap * 0.055;
        vec3 side = normalize(cross(way, here - eye()));
        point = here + side * v_corner.y * strand.w * gap * (0.5 + 0.8 * opened);
        // Born at the giver's face, not inside it.
        float left = smoothstep(0.96, 1.2, length(here - giver) / u_radii.x);
        v_kind.z = t;
        v_kind.w *= left * (1.0 - smoothstep(0.72, 1.0, t)) * (0.55 + 0.8 * closeness);
    } else if (kind < 5.5) {
        float radius = mix(u_radii.y * 1.08, u_radii.y * 3.6, v_corner.x);
        float angle = v_corner.y;
        point = taker + (ahead * cos(angle) + aside * sin(angle)) * radius;
        v_kind.z = v_corner.x;
        v_kind.w *= 0.7 + 0.5 * closeness;
    } else if (kind < 6.5) {
        float t = fract(strand.z + S_breath * strand.w);
        vec3 here = on_stream(t);
        here += (normal * strand.y + aside * strand.x) * gap * (0.02 + 0.05 * exp(-t * 5.0));
        point = facing(here, v_corner, 0.05 + 0.09 * p3d_Vertex.z * p3d_Vertex.z);
        v_kind.z = t;
        v_kind.w *= smoothstep(0.96, 1.25, length(here - giver) / u_radii.x) * (1.0 - smoothstep(0.85, 1.0, t));
    } else {
        float t = v_corner.x;
        float back = t * 6.6;
        vec3 s = separation(mean - back);
        bool warm = p3d_Vertex.z < 0.5;
        vec3 was = warm ? s / (1.0 + u_orbit.z) : -s * u_orbit.z / (1.0 + u_orbit.z);
        vec3 later = separation(mean - back - 0.03);
        vec3 way = normalize(later - s) * (warm ? 1.0 : -1.0);
        // The dance drifts along its axis, so that the two trails entwine.
        was -= normal * back * u_orbit.x * 0.11;
        point = u_place + was;
        vec3 side = normalize(cross(way, point - eye()));
        point += side * v_corner.y * mix(1.0, 0.5, t) * (warm ? 1.3 : 0.8);
        v_kind.z = t;
    }
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    if (kind < 1.5) {
        // A body's depth lies a little behind its corona's, or the two would fight.
        vec4 deeper = p3d_ViewProjectionMatrix * vec4(point + 0.6 * normalize(point - eye()), 1.0);
        gl_Position.z = deeper.z / deeper.w * gl_Position.w;
    }
    if (S_binary <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
